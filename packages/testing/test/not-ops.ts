const machinery = 'is what ops are made with';
const memory = 'decides lifetimes, not values';

/** What `@dl/tensor` exports besides ops, and why it has no record. */
export const notOps: Readonly<Record<string, string>> = {
  Tensor: 'is a class',
  Parameter: 'is a class',
  ArgumentError: 'is an error',
  BackendError: 'is an error',
  DTypeError: 'is an error',
  DisposedError: 'is an error',
  DlError: 'is an error',
  FormatError: 'is an error',
  GradientError: 'is an error',
  ShapeError: 'is an error',
  tensor: 'takes host values, which its own tests cover',
  currentBackend: 'names a backend',
  useBackend: 'names a backend',
  apply: machinery,
  ruleFor: machinery,
  installRecorder: machinery,
  isRecording: machinery,
  notifyRecorders: machinery,
  withRecorder: machinery,
  withoutRecording: machinery,
  keep: memory,
  openScope: memory,
  runScope: memory,
  tidy: memory,
};
