// What this program is called and which one it is, for whatever leaves the page. A test keeps it equal to package.json.

export const TOOL = 'Somascope';
export const VERSION = '1.0.0';
