import { ArgumentError, formatShape, sameShape } from '@dl/kernels';
import { AdaptiveAvgPool2d, Conv2d, Flatten, Identity, type Layer, Linear, Sequential } from '@dl/layers';
import { reshape, type Tensor, tidy, zeros } from '@dl/tensor';
import { assignFresh } from '../assign-fresh.ts';

/**
 * A classifier as a convolutional network: each linear layer becomes a convolution with a kernel as large as the map it takes, so a larger image gives
 * a map of scores, those of the model slid over it, in one pass. Where convolutions have padding, a crop's frame is zeros and the map's is the image:
 * then the two are not equal, but near.
 *
 * Names stay. The convolutions have copies of the linear weights; all other layers are the model's own, shared.
 *
 * @param model - of layers in a row, nested or not, such as {@link lenet5}, `alexnet()` or `vgg16()`
 * @param imageShape - `[c, h, w]` of the images that the model takes
 * @returns a model from `[n, c, h, w]` to scores `[n, classes, oh, ow]`, 1 × 1 for an image of `imageShape`
 * @throws {@link ArgumentError} for adaptive pooling that changes the size of its map, since that would depend on the image
 * @example
 * const net = new Sequential(new Conv2d(1, 4, 3), new ReLU(), new Flatten(), new Linear(4 * 6 * 6, 10));
 * toConvolutional(net, [1, 8, 8]).forward(zeros([1, 1, 12, 10])).shape // [1, 10, 5, 3]
 * @see Sermanet et al., OverFeat, 2014
 */
export function toConvolutional(model: Sequential, imageShape: readonly [number, number, number]): Sequential {
  return tidy(() => convert(model, { y: zeros([1, ...imageShape]), window: [1, 1] }));
}

/** How far the walk through the layers is. */
interface Walk {
  /** What has become of an image. */
  y: Tensor;
  /** The map that was flattened and not yet taken. */
  window: readonly [number, number];
}

function convert(model: Sequential, walk: Walk): Sequential {
  const converted: Record<string, Layer> = {};
  const { layers } = model;
  for (const [i, [name]] of [...model.members()].entries()) {
    const layer = layers[i];
    converted[name] = layer instanceof Sequential ? convert(layer, walk) : step(layer, walk);
  }
  return new Sequential(converted);
}

function step(layer: Layer, walk: Walk): Layer {
  const before = walk.y;
  walk.y = layer.forward(before);
  if (layer instanceof Flatten) {
    walk.window = [before.shape[2], before.shape[3]];
    return new Identity();
  }
  if (layer instanceof AdaptiveAvgPool2d) {
    if (sameShape(before.shape, walk.y.shape)) return new Identity();
    const change = `${formatShape(before.shape)} to ${formatShape(walk.y.shape)}`;
    throw new ArgumentError('toConvolutional', `adaptive pooling must keep the size of its map, got ${change}`);
  }
  if (!(layer instanceof Linear)) return layer;
  const conv = asConv(layer, walk.window);
  walk.window = [1, 1];
  return conv;
}

function asConv({ weight, bias }: Linear, [h, w]: readonly [number, number]): Conv2d {
  const [classes, features] = weight.shape;
  const conv = new Conv2d(features / (h * w), classes, [h, w], { bias: bias !== undefined });
  assignFresh(conv.weight, reshape(weight, conv.weight.shape));
  if (bias !== undefined) conv.bias?.assign(bias);
  return conv;
}
