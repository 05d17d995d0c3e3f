import { type ForwardOptions, type Layer, Module } from '@dl/layers';
import type { Tensor } from '@dl/tensor';
import { type Combine, checkCombine, combine } from '../ensembles/combine.ts';
import type { View } from './view.ts';

/** Options of {@link TestTimeAugmentation}. */
export interface TestTimeAugmentationOptions {
  /** Default `'mean'`. */
  readonly combine?: Combine | undefined;
}

/**
 * A classifier that looks at each image several times, flipped, shifted or cropped, and goes by what it says of all views. By vote the class is
 * $\arg\max_c \sum_v [\arg\max_k f(v(x))_k = c]$, ties going to the higher mean probability; by mean it is $\arg\max_c \sum_v p(v(x))_c$. What it returns
 * are logits, as of an {@link Ensemble}.
 *
 * @example
 * const side = new Lambda((x) => flatten(x, 1));
 * const both = new TestTimeAugmentation(side, [identityView, flipView]);
 * await softmax(both.forward(tensor([[[[5, 0]]]])), 1).data() // Float32Array [0.5, 0.5]
 * @see Krizhevsky, Sutskever & Hinton, ImageNet classification with deep convolutional neural networks, 2012, section 4.1
 */
export class TestTimeAugmentation extends Module implements Layer {
  readonly model: Layer;
  readonly #views: readonly View[];
  readonly #combine: Combine;

  /**
   * @param views - of the images; put {@link identityView} among them
   * @throws {@link ArgumentError} for no view, or a way to combine that is none
   */
  constructor(model: Layer, views: readonly View[], { combine: how = 'mean' }: TestTimeAugmentationOptions = {}) {
    super();
    checkCombine('TestTimeAugmentation', 'a view', views.length, how);
    this.model = model;
    this.#views = views;
    this.#combine = how;
  }

  /**
   * @param x - images `[n, c, h, w]`
   * @returns logits `[n, classes]`
   * @throws {@link ShapeError} when the model gives others for one view than for another
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    return combine(
      'TestTimeAugmentation',
      this.#views.map((view) => this.model.forward(view(x), options)),
      this.#combine,
    );
  }
}
