// Roots that the shell gives to data sets that are no folder.

/** A data set at an address: its root begins with this, the address as it was typed follows. */
export const ADDRESS_ROOT = 'address ';

/** The root of files that somebody wants as volumes though their names do not say so. */
export const ANY_ROOT = 'as volumes';
