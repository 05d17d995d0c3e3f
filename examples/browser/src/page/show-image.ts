/** Paints 28 × 28 numbers from 0, black, to 1, white. */
export function showImage(canvas: HTMLCanvasElement, image: Float32Array): void {
  const { width, height } = canvas;
  const pixels = new ImageData(width, height);
  image.forEach((value, i) => {
    pixels.data.fill(255 * value, 4 * i, 4 * i + 3);
    pixels.data[4 * i + 3] = 255;
  });
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
}
