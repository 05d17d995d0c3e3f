/** Where the constants of the module end: the host may use everything above. */
export function heapBase(): usize {
  return __heap_base;
}
