import fc from 'fast-check';

// The same cases in every run: a change fails or passes by itself. DL_FAST_CHECK_SEED looks at others.
fc.configureGlobal({ seed: Number(process.env.DL_FAST_CHECK_SEED ?? 20261120) });
