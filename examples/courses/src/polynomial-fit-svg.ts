import { type Place, Plot, paints } from './plot.ts';
import { polynomial, polynomialFit, training } from './polynomial-fit.ts';
import { picture } from './svg.ts';

const [width, height, top] = [300, 220, 106];

/** A line and a polynomial of degree 9 through the same ten points. */
export async function polynomialFitSvg(): Promise<string> {
  const panels = await Promise.all(
    [1, 9].map(async (degree, i) => {
      const { coefficients, trainError, testError } = await polynomialFit(degree);
      const title = `degree ${degree}: error ${trainError.toFixed(3)}, on new points ${testError.toFixed(3)}`;
      const box = [48 + i * (width + 48), top, width, height] as const;
      const plot = new Plot({ title, box, xs: [-1.05, 1.05], ys: [-2, 2], xTicks: [-1, 0, 1], yTicks: [-2, -1, 0, 1, 2] });
      const fitted = Array.from({ length: 201 }, (_, at): Place => [at / 100 - 1, polynomial(coefficients, at / 100 - 1)]);
      return [plot.frame(), plot.line(fitted, paints[1]), plot.dots(training(), paints[0], { width: 8 })].join('');
    }),
  );
  return picture(
    48 + 2 * (width + 48) - 20,
    top + height + 40,
    'Room for noise',
    'Ten noisy points of a straight line, and what least squares makes of them',
    ...panels,
  );
}
