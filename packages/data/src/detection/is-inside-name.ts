/**
 * Whether a name that a stranger's file gives leads into a folder and not out of it, on any system: no `..`, no drive, no root, no
 * backslash, no end of string.
 */
export function isInsideName(name: string): boolean {
  return !/[\\:\0]/.test(name) && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
