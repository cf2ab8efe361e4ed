// Mounts the app; nothing else.
import { mount } from './app/mount.tsx';

const root = document.getElementById('root');
if (root) mount(root);
