/**
 * Work that is cut into tasks. The tasks of a job depend on its shape alone, never on the number of threads, and each writes
 * places of its own: whoever runs them, the result has the same bits.
 *
 * The caller claims tasks like every worker, and never waits for a worker that has not claimed one.
 */

/** Runs task `index` of the job described at `job`, with scratch of its own at `workspace`. */
export type Task = (job: usize, index: i32, workspace: usize) => void;

/**
 * What the threads share begins with a ticket, `epoch << 32 | end << 16 | next`: the caller claims the next task by adding 1 to it, a
 * worker the last one by taking `1 << 16` from it. So each keeps to its end of memory from one kernel to the next, with what its cache
 * holds of it.
 * The host knows the layout too, see `src/threads/control.ts`. What is written often is a cache line apart from the rest.
 */
const EPOCH: usize = 4;
/** Tasks of this epoch that are done. */
const DONE: usize = 64;
/** Whether the caller sleeps until `DONE` changes. */
const WAITING: usize = 68;
const SHARED: usize = 128;
const JOB: usize = 256;
const STATES: usize = 512;

@unmanaged
class Shared {
  task: u32;
  workspace: usize;
  /** Bytes from the workspace of a thread to that of the next. */
  workspaceStride: usize;
  /** Threads that there may be, the caller among them. */
  threads: i32;
  /** Whether the caller may sleep: not on a browser's main thread. */
  mayWait: i32;
  /** What the host is to see to after a kernel. */
  attention: i32;
  /** Nanoseconds of work so far that threads would have shortened. */
  backlog: f32;
  /** Nanoseconds of work that pay for telling workers that look out for it, for waking them, and of all such work for starting them. */
  worthSharing: i32;
  worthWaking: i32;
  worthStarting: i32;
  /** Nanoseconds of waiting, less those that were saved, after which the caller does without workers for a while; and how many there are. */
  bearable: i32;
  loss: f32;
  /** Nanoseconds of work that such a while takes, and what is left of them. */
  pause: f32;
  alone: f32;
}

const enum Attention { none, wantsWorkers, lostTasks }

const enum State { absent, awake, asleep, gone }

/** The epoch in which workers end. */
const STOP: i32 = -1;

/** Looks at the ticket before a worker sleeps, and at the tasks left before the caller does: 100 to 200 µs. */
const WORKER_SPINS: i32 = 150_000;
const CALLER_SPINS: i32 = 150_000;
/** Nanoseconds that the caller sleeps before it looks again, and such naps with no task done after which workers that hold one are lost: 2 s. */
const NAP: i64 = 250_000;
const PATIENCE: i32 = 6000;
/** A pause is the shortest at first, then twice the last one until workers have made up for what they cost. */
const SHORTEST_PAUSE: f32 = 2_000_000;
const LONGEST_PAUSE: f32 = 256_000_000;
/** Looks that take the caller about as long where it may not sleep. */
const PATIENT_SPINS: i64 = 2_000_000_000;

/** Of this instance, that is: of this thread. */
let control: usize = 0;

/** Tells the caller's instance where the shared block is. */
export function attach(block: usize): void {
  control = block;
}

/** Where to describe the next job: 256 bytes. */
export function newJob(): usize {
  return control + JOB;
}

/**
 * Units that a task is to take, so that there are at most `most` tasks (which is even) and each has at least about `least` of the `work`
 * in all. Two threads share an even number of tasks best.
 */
export function shareOf(units: i32, work: f64, least: f64, most: i32): i32 {
  let tasks = <i32>max(1, min(<f64>min(units, most), work / least));
  if (tasks > 1) tasks += tasks & 1;
  return max(1, (units + tasks - 1) / tasks);
}

/** How many tasks take `share` units each. */
export function tasksOf(units: i32, share: i32): i32 {
  return (units + share - 1) / share;
}

/** Lowers the unsigned number at `at` to `value`, among threads that do so at once. */
export function lower(at: usize, value: u32): void {
  for (;;) {
    const before = atomic.load<u32>(at);
    if (before <= value || atomic.cmpxchg<u32>(at, before, value) == before) return;
  }
}

/** Runs `count` tasks (65535 at most) of about `nanoseconds` in all. */
export function runJob(task: Task, count: i32, nanoseconds: f32): void {
  const shared = changetype<Shared>(control + SHARED);
  if (count > 1 && shared.threads > 1 && nanoseconds >= <f32>shared.worthSharing) {
    if (shared.alone > 0) shared.alone -= nanoseconds;
    else if (share(shared, task.index, count, nanoseconds)) return;
  }
  for (let i = 0; i < count; i++) call_indirect<void>(task.index, control + JOB, i, shared.workspace);
}

/** False where there is no worker to share with, or none awake for little work. */
function share(shared: Shared, task: u32, count: i32, nanoseconds: f32): bool {
  let awake = 0;
  let asleep = 0;
  for (let slot = 1; slot < shared.threads; slot++) {
    const state = atomic.load<i32>(stateOf(slot));
    if (state == State.awake) awake++;
    else if (state == State.asleep) asleep++;
  }
  const wakes = nanoseconds >= <f32>shared.worthWaking && asleep > 0;
  if (awake == 0 && !wakes) {
    if (asleep == 0) ask(shared, nanoseconds);
    return false;
  }
  shared.task = task;
  atomic.store<i32>(control + DONE, 0);
  let epoch = i32(atomic.load<u64>(control) >> 32) + 1;
  if (epoch == STOP) epoch = 1;
  atomic.store<u64>(control, (<u64>epoch << 32) | (<u64>count << 16));
  if (wakes) atomic.notify(control + EPOCH, min(asleep, count - 1));
  const saved = nanoseconds * <f32>(count - drain(0)) / <f32>count;
  judge(shared, saved, waitForAll(shared, count));
  return true;
}

/**
 * Takes note of what sharing saved. On a machine with other work a worker may lose its core with a task in its hands: alone, the caller
 * would be done before it gets one again. A look takes about a nanosecond.
 */
function judge(shared: Shared, saved: f32, waited: f32): void {
  shared.loss = max(0, shared.loss + waited - saved);
  if (shared.loss == 0) {
    shared.pause = 0;
  } else if (shared.loss > <f32>shared.bearable) {
    shared.pause = max(SHORTEST_PAUSE, min(LONGEST_PAUSE, shared.pause * 2));
    shared.alone = shared.pause;
    shared.loss = <f32>shared.bearable / 2;
  }
}

function ask(shared: Shared, nanoseconds: f32): void {
  shared.backlog += nanoseconds;
  if (shared.backlog >= <f32>shared.worthStarting) shared.attention |= Attention.wantsWorkers;
}

/** Claims tasks and runs them until none is left; returns how many it ran. */
function drain(slot: i32): i32 {
  const shared = changetype<Shared>(control + SHARED);
  let ran = 0;
  for (let task = claim(slot); task >= 0; task = claim(slot), ran++) {
    call_indirect<void>(shared.task, control + JOB, task, shared.workspace + <usize>slot * shared.workspaceStride);
    atomic.add<i32>(control + DONE, 1);
    if (slot > 0 && atomic.load<i32>(control + WAITING)) atomic.notify(control + DONE, 1);
  }
  return ran;
}

/** The number of a task that nobody else runs, or -1. */
function claim(slot: i32): i32 {
  let ticket = atomic.load<u64>(control);
  let next = i32(ticket & 0xffff);
  let end = i32((ticket >> 16) & 0xffff);
  while (next < end) {
    const seen = atomic.cmpxchg<u64>(control, ticket, slot > 0 ? ticket - (1 << 16) : ticket + 1);
    if (seen == ticket) return slot > 0 ? end - 1 : next;
    ticket = seen;
    next = i32(ticket & 0xffff);
    end = i32((ticket >> 16) & 0xffff);
  }
  return -1;
}

/**
 * Returns when all tasks are done, about how many nanoseconds that took; or when they are lost: then no job is shared any more, and the
 * host must run the kernel again.
 */
function waitForAll(shared: Shared, count: i32): f32 {
  for (let spin = 0; spin < CALLER_SPINS; spin++) if (atomic.load<i32>(control + DONE) == count) return <f32>spin;
  const waited = shared.mayWait ? sleepUntilDone(count) : lookUntilDone(count);
  if (waited >= 0) return <f32>CALLER_SPINS + waited;
  shared.threads = 1;
  shared.attention |= Attention.lostTasks;
  return 0;
}

/** About how many nanoseconds it took; -1 where the tasks are lost. */
function sleepUntilDone(count: i32): f32 {
  let naps = 0;
  let before = -1;
  let patience = 0;
  let isDone = false;
  atomic.store<i32>(control + WAITING, 1);
  while (patience < PATIENCE) {
    const done = atomic.load<i32>(control + DONE);
    isDone = done == count;
    if (isDone) break;
    patience = done == before ? patience + 1 : 0;
    before = done;
    if (atomic.wait<i32>(control + DONE, done, NAP) == AtomicWaitResult.TIMED_OUT) naps++;
  }
  atomic.store<i32>(control + WAITING, 0);
  return isDone ? <f32>naps * <f32>NAP : -1;
}

/** As {@link sleepUntilDone}. */
function lookUntilDone(count: i32): f32 {
  let looks: i64 = 0;
  let before = -1;
  for (let patience: i64 = 0; patience < PATIENT_SPINS; patience++, looks++) {
    const done = atomic.load<i32>(control + DONE);
    if (done == count) return <f32>looks;
    if (done != before) patience = 0;
    before = done;
  }
  return -1;
}

@inline
function stateOf(slot: i32): usize {
  return control + STATES + (<usize>slot << 2);
}

/** The life of a worker: returns when the host ends the epochs. */
export function serve(block: usize, slot: i32): void {
  control = block;
  let seen = i32(atomic.load<u64>(control) >> 32) - 1;
  atomic.store<i32>(stateOf(slot), State.awake);
  for (;;) {
    const epoch = nextEpoch(slot, seen);
    if (epoch == STOP) return;
    seen = epoch;
    drain(slot);
  }
}

function nextEpoch(slot: i32, seen: i32): i32 {
  for (let spin = 0; spin < WORKER_SPINS; spin++) {
    const epoch = atomic.load<i32>(control + EPOCH);
    if (epoch != seen) return epoch;
  }
  // The caller publishes, then looks at the states: it sees this one, or the wait sees the new epoch.
  atomic.store<i32>(stateOf(slot), State.asleep);
  let epoch = atomic.load<i32>(control + EPOCH);
  while (epoch == seen) {
    atomic.wait<i32>(control + EPOCH, seen, -1);
    epoch = atomic.load<i32>(control + EPOCH);
  }
  atomic.store<i32>(stateOf(slot), State.awake);
  return epoch;
}
