import { Linear, LSTM, Module } from '@dl/layers';
import { flatten, type Tensor } from '@dl/tensor';

/** How many characters there are, as in the tiny Shakespeare. */
export const alphabet = 65;

/** The next character of a text, by an LSTM of 128 units. `CharacterModel` of pytorch.py is its twin. */
export class CharacterModel extends Module {
  readonly lstm: LSTM = new LSTM(alphabet, 128);
  readonly linear: Linear = new Linear(128, alphabet);

  /**
   * @param x - `[t, n, 65]`
   * @returns scores `[t · n, 65]`
   */
  override forward(x: Tensor): Tensor {
    return this.linear.forward(flatten(this.lstm.forward(x).output, 0, 1));
  }
}
