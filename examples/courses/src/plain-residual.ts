/** Accuracies of a network after each epoch. */
export interface LearntNetwork {
  readonly name: string;
  readonly training: readonly number[];
  readonly validation: readonly number[];
}

/**
 * Plain and residual networks of 20 and 56 layers on 5,000 images of CIFAR-10 (4,500 to train on), ten epochs each, as measured by
 *
 *     dl train --data cifar-10 --files data_batch_1 --test-files data_batch_2 --limit 5000 --model plain20 --epochs 10 --batch-size 64
 *       --lr 0.05 --optimizer nesterov --weight-decay 1e-4 --schedule warmup-cosine --augment flip-crop
 *
 * and with plain56, resnet20 and resnet56 in place of plain20: some 3 minutes for 20 layers and 8 for 56, on one core.
 *
 * @see He, Zhang, Ren & Sun, Deep residual learning for image recognition, 2016, figure 6
 */
export const plainAndResidual: readonly LearntNetwork[] = [
  {
    name: 'plain-20',
    training: [0.166, 0.288, 0.32, 0.367, 0.397, 0.422, 0.445, 0.478, 0.507, 0.518],
    validation: [0.174, 0.252, 0.346, 0.4, 0.398, 0.412, 0.462, 0.484, 0.488, 0.492],
  },
  {
    name: 'ResNet-20',
    training: [0.224, 0.345, 0.392, 0.444, 0.49, 0.526, 0.562, 0.587, 0.604, 0.615],
    validation: [0.248, 0.314, 0.414, 0.388, 0.424, 0.502, 0.54, 0.57, 0.58, 0.586],
  },
  {
    name: 'plain-56',
    training: [0.104, 0.104, 0.131, 0.153, 0.189, 0.216, 0.232, 0.255, 0.256, 0.264],
    validation: [0.114, 0.112, 0.136, 0.162, 0.228, 0.244, 0.246, 0.248, 0.258, 0.26],
  },
  {
    name: 'ResNet-56',
    training: [0.166, 0.263, 0.336, 0.383, 0.418, 0.451, 0.486, 0.506, 0.518, 0.533],
    validation: [0.212, 0.216, 0.36, 0.422, 0.338, 0.46, 0.488, 0.488, 0.524, 0.506],
  },
];
