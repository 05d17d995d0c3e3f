import { BatchNorm } from './batch-norm.ts';

/**
 * Batch normalisation, $y = \frac{x - \mu_c}{\sqrt{\sigma_c^2 + \epsilon}} \gamma_c + \beta_c$, channel by channel of `[n, c, h, w]`.
 *
 * In training, $\mu$ and $\sigma^2$ (biased) are those of the batch, gradients flow through them, and the running statistics move towards
 * them by $r \leftarrow r + m (s - r)$ with the momentum $m$, the variance unbiased. Otherwise the running statistics are used.
 *
 * $\epsilon$ is added to the variance, as in the paper and in PyTorch. Some texts divide by $\sigma + \epsilon$ instead: the same but for
 * channels that hardly vary, which that makes larger.
 *
 * The running statistics are parameters that optimisers leave alone, and part of state dicts; a dict without `num_batches_tracked` loads.
 *
 * @example
 * const layer = new BatchNorm2d(2);
 * layer.forward(randn([4, 2, 5, 5]), { training: true }).shape; // [4, 2, 5, 5]
 * [...stateDict(layer).keys()] // ['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked']
 * await layer.numBatchesTracked!.item() // 1
 * @see Ioffe & Szegedy, Batch normalization: accelerating deep network training by reducing internal covariate shift, 2015
 */
export class BatchNorm2d extends BatchNorm {
  protected override get ranks(): readonly number[] {
    return [4];
  }
}
