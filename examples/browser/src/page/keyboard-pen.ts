import type { Point } from '../digit/stroke.ts';
import type { DrawingPad } from './drawing-pad.ts';

/** How far an arrow key moves the pen, as a share of the pad. */
const stride = 0.05;

const moves: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -stride, y: 0 },
  ArrowRight: { x: stride, y: 0 },
  ArrowUp: { x: 0, y: -stride },
  ArrowDown: { x: 0, y: stride },
};

/** Lets the keyboard draw while `host` has the focus: arrow keys move the pen, the space bar puts it down and lifts it, Delete clears. */
export function useKeyboardPen(host: HTMLElement, pad: DrawingPad): void {
  let pen: Point = { x: 0.5, y: 0.2 };
  let isDown = false;

  const press = (key: string): boolean => {
    const move = moves[key];
    if (move !== undefined) {
      pen = { x: clamp(pen.x + move.x), y: clamp(pen.y + move.y) };
      if (isDown) pad.lineTo(pen);
    } else if (key === ' ') {
      isDown = !isDown;
      if (isDown) pad.moveTo(pen);
    } else if (key === 'Delete' || key === 'Backspace') {
      isDown = false;
      pad.clear();
    } else return false;
    pad.showCursor(pen);
    return true;
  };

  host.addEventListener('keydown', (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && press(event.key)) event.preventDefault();
  });
  const lift = (): void => {
    isDown = false;
    pad.showCursor(undefined);
  };
  host.addEventListener('blur', lift);
  host.addEventListener('pointerdown', lift);
}

function clamp(place: number): number {
  return Math.min(0.95, Math.max(0.05, place));
}
