// The icons in use, under our names: 16 px, hidden from assistive technology (the control that carries one has the name).
import {
  Activity,
  ArrowDown,
  ArrowUp,
  Blend,
  Brush,
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  Circle,
  CircleDot,
  Clock,
  Contrast,
  Copy,
  Crosshair,
  Download,
  Ellipsis,
  Eraser,
  Eye,
  EyeOff,
  File,
  FileText,
  Folder,
  Gauge,
  Keyboard,
  Lasso,
  Layers,
  Link,
  List,
  ListFilter,
  Lock,
  LockOpen,
  type LucideIcon,
  type LucideProps,
  Maximize,
  Pause,
  Pencil,
  Play,
  Redo2,
  Repeat,
  ScanSearch,
  Search,
  Shield,
  Slice,
  SquareDashed,
  SquareSplitHorizontal,
  Table2,
  Trash2,
  TriangleAlert,
  Undo2,
  WandSparkles,
  X,
} from 'lucide-react';
import type { ReactElement } from 'react';
import { classNames } from './class-names.ts';

export type IconProps = Pick<LucideProps, 'className' | 'size'>;
export type Icon = (props: IconProps) => ReactElement;

function icon(Picture: LucideIcon, fill = false): Icon {
  return ({ className, size = 16 }) => (
    <Picture
      size={size}
      strokeWidth={fill ? 0.8 : 2.1}
      fill={fill ? 'currentColor' : 'none'}
      className={classNames('ic', className)}
      aria-hidden="true"
      focusable="false"
    />
  );
}

export const BoxIcon = icon(SquareDashed);
export const BrushIcon = icon(Brush);
export const CheckIcon = icon(Check);
export const ClockIcon = icon(Clock);
export const CloseIcon = icon(X);
export const CopyIcon = icon(Copy);
export const CutIcon = icon(Slice);
export const DiscIcon = icon(Circle);
export const DownIcon = icon(ChevronDown);
export const DrawIcon = icon(Pencil);
export const EraseIcon = icon(Eraser);
export const FileIcon = icon(File);
export const FilterIcon = icon(ListFilter);
export const FitIcon = icon(Maximize);
export const FolderIcon = icon(Folder);
export const GrowIcon = icon(WandSparkles);
export const HiddenIcon = icon(EyeOff);
export const KeyboardIcon = icon(Keyboard);
export const LassoIcon = icon(Lasso);
export const LayersIcon = icon(Layers);
export const LinkIcon = icon(Link);
export const ListIcon = icon(List);
export const LockIcon = icon(Lock);
export const LoopIcon = icon(Repeat);
export const MergeIcon = icon(Blend);
export const MoreIcon = icon(Ellipsis);
export const NextIcon = icon(ChevronRight);
export const PauseIcon = icon(Pause, true);
export const PlayIcon = icon(Play, true);
export const PreviousIcon = icon(ChevronLeft);
export const ProbeIcon = icon(Crosshair);
export const RedoIcon = icon(Redo2);
export const RedoAreaIcon = icon(ScanSearch);
export const RegionIcon = icon(CircleDot);
export const RemoveIcon = icon(Trash2);
export const SaveIcon = icon(Download);
export const ScoreIcon = icon(Gauge);
export const SearchIcon = icon(Search);
export const ShieldIcon = icon(Shield);
export const SortedDownIcon = icon(ArrowDown);
export const SortedUpIcon = icon(ArrowUp);
export const SplitIcon = icon(SquareSplitHorizontal);
export const TableIcon = icon(Table2);
export const TextIcon = icon(FileText);
export const ThemeIcon = icon(Contrast);
export const TraceIcon = icon(Activity);
export const UndoIcon = icon(Undo2);
export const UnlockedIcon = icon(LockOpen);
export const VisibleIcon = icon(Eye);
export const WarningIcon = icon(TriangleAlert);

/** The mark: a soma with its nucleus. */
export function BrandMark(): ReactElement {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6">
      <path d="M10 2.3c3.800 0 7.600 2.600 7.700 7.300.1 4.800-3.500 8.100-7.900 8.100-4.100 0-7.500-3-7.500-7.600C2.300 5.300 5.900 2.300 10 2.300z" />
      <circle cx="11" cy="9.3" r="3" fill="currentColor" stroke="none" />
    </svg>
  );
}
