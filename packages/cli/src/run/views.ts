import { flipView, identityView, shiftView, tenCrop, type View } from '@dl/train';

/** The names of `--tta`. */
export type ViewsName = 'flip' | 'shift' | 'ten-crop';

/** The views of images that {@link TestTimeAugmentation} looks at, by name. */
export const viewsOf: { readonly [N in ViewsName]: (height: number, black: number) => readonly View[] } = {
  flip: () => [identityView, flipView],
  shift: (_, fill) => [
    identityView,
    ...[
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ].map(([right, down]) => shiftView(right, down, { fill })),
  ],
  // 28 of 32, as 224 of 256 in the paper; the model must take images of any size.
  'ten-crop': (height) => tenCrop(Math.round((height * 7) / 8)),
};

/** The names of {@link viewsOf}. */
export const viewsNames: readonly ViewsName[] = Object.keys(viewsOf) as ViewsName[];
