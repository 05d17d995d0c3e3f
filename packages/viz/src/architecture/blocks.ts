import type { Shape } from '@dl/kernels';
import type { LayerSummary, ModelSummary } from '@dl/layers';

/** What is drawn as one: a layer, with what follows it and changes no shape. */
export interface Block {
  readonly id: string;
  /** Names and kinds of the layers, in order. */
  readonly layers: readonly LayerSummary[];
  /** Of one sample, without the batch. */
  readonly shape: Shape;
  /** Whether dropout is among the layers. */
  readonly drops: boolean;
  /** The ids of the blocks that it takes the outputs of. */
  readonly inputs: readonly string[];
}

const inputId = 'input';

/** The blocks of a model, the input first. Activations, normalisations, dropout and reshapes belong to the layer before them. */
export function blocksOf({ layers, inputShape }: ModelSummary): Block[] {
  const members: LayerSummary[][] = [];
  /** The block of each row. */
  const home: number[] = [];
  for (const [i, layer] of layers.entries()) {
    const host = foldsInto(layer, layers);
    if (host === undefined) members.push([]);
    home[i] = host === undefined ? members.length - 1 : home[host];
    members[home[i]].push(layer);
  }
  const idOf = (row: number): string => (row < 0 ? inputId : `b${home[row]}`);
  const input: Block = { id: inputId, layers: [], shape: inputShape.slice(1), drops: false, inputs: [] };
  const blocks = members.map((rows, i): Block => {
    const [first] = rows;
    return {
      id: `b${i}`,
      layers: rows,
      shape: first.outputShapes[0]?.slice(1) ?? [],
      drops: rows.some(({ kind }) => kind.startsWith('Dropout')),
      inputs: [...new Set(first.inputs.map(idOf))],
    };
  });
  return [input, ...blocks.filter((block) => block.inputs.length > 0)];
}

/** The row that a layer is drawn with, where it only reshapes or changes single values of that and nobody else takes them. */
function foldsInto(
  { inputs, outputShapes, multiplyAdds, activationBytes }: LayerSummary,
  layers: readonly LayerSummary[],
): number | undefined {
  const [from] = inputs;
  if (inputs.length !== 1 || from < 0 || multiplyAdds > 0) return undefined;
  const before = layers[from].outputShapes[0];
  const isSameShape =
    before?.length === outputShapes[0]?.length && before?.every((extent, axis) => extent === outputShapes[0][axis]);
  const takers = layers.filter((layer) => layer.inputs.includes(from));
  return (isSameShape || activationBytes === 0) && takers.length === 1 ? from : undefined;
}
