/** Threads that keep a device busy. Where a kernel has fewer outputs, it splits long work among more threads. */
export const busyThreads: number = 1 << 14;
