import type { Architecture, Block, Stage } from '../../../training/architecture/architecture';

/** How stages end, in the order in which the editor lists them. */
export const stageEnds = ['max', 'average', 'stride', 'none'] as const satisfies readonly Stage['shrink'][];
/** Rows and columns of filters. */
export const filterSizes = [1, 3, 5, 7] as const;

/** Blocks named after stage and place, as `conv2_1` or `res2_1`: what is written can be read again without its names. */
export function withNames(architecture: Architecture): Architecture {
  const stages = architecture.stages.map(({ blocks, shrink }, stage) => ({
    blocks: blocks.map((block, place): Block => ({ ...block, name: nameOf(block, stage, place) })),
    shrink,
  }));
  return { ...architecture, stages };
}

const prefixes = { convolution: 'conv', residual: 'res', separable: 'sep' } as const;

const nameOf = ({ kind }: Block, stage: number, place: number) =>
  `${prefixes[kind]}${stage + 1}_${place + 1}`;

/**
 * An architecture in one word, as the address writes it: what holds for all layers, then stage by stage its blocks and its end,
 * such as `relu-same-norm-average_c16-c16-max_r32-c32k1-none`. Side, classes and title are told elsewhere.
 */
export function architectureText(architecture: Architecture): string {
  const { activation, padding, batchNorm, join, dropout, hidden, stages } = architecture;
  const head = [
    activation,
    padding,
    ...(batchNorm ? ['norm'] : []),
    join,
    ...(dropout > 0 ? [`drop${dropout}`] : []),
    ...hidden.map((units) => `dense${units}`),
  ];
  const stageText = ({ blocks, shrink }: Stage) => [...blocks.map(blockText), shrink].join('-');
  return [head.join('-'), ...stages.map(stageText)].join('_');
}

function blockText(block: Block): string {
  if (block.kind === 'residual') {
    const inner = block.inner === undefined || block.inner === block.width ? '' : `i${block.inner}`;
    return `r${block.width}${inner}${block.projected ? 'p' : ''}`;
  }
  if (block.kind === 'separable') return `s${block.width}`;
  return `c${block.width}${block.size === 3 ? '' : `k${block.size}`}`;
}

/** The architecture that a text stands for; null where it stands for none. */
export function parseArchitecture(text: string, side: number, classes: number): Architecture | null {
  const [head, ...rest] = text.split('_');
  const whole = parseHead(head);
  const stages = rest.map(parseStage);
  if (!whole || stages.length === 0 || stages.some((stage) => stage === null)) return null;
  return withNames({ title: 'Own', side, classes, ...whole, stages: stages as Stage[] });
}

type Head = Pick<Architecture, 'activation' | 'padding' | 'batchNorm' | 'join' | 'dropout' | 'hidden'>;

function parseHead(text: string): Head | null {
  const found: Partial<Head> = {};
  const head = { batchNorm: false, dropout: 0, hidden: [] as number[] };
  for (const word of text.split('-')) {
    const dropout = /^drop(0(?:\.\d{1,3})?)$/.exec(word);
    const dense = /^dense([1-9]\d{0,3})$/.exec(word);
    if (word === 'relu' || word === 'tanh') found.activation = word;
    else if (word === 'same' || word === 'valid') found.padding = word;
    else if (word === 'average' || word === 'flatten') found.join = word;
    else if (word === 'norm') head.batchNorm = true;
    else if (dropout) head.dropout = Number(dropout[1]);
    else if (dense) head.hidden.push(Number(dense[1]));
    else return null;
  }
  const { activation, padding, join } = found;
  return activation && padding && join ? { ...head, activation, padding, join } : null;
}

function parseStage(text: string): Stage | null {
  const words = text.split('-');
  const shrink = stageEnds.find((end) => end === words.at(-1));
  const blocks = words.slice(0, -1).map(parseBlock);
  if (!shrink || blocks.length === 0 || blocks.some((block) => block === null)) return null;
  return { blocks: blocks as Block[], shrink };
}

function parseBlock(text: string): Block | null {
  const residual = /^r([1-9]\d{0,3})(?:i([1-9]\d{0,3}))?(p?)$/.exec(text);
  if (residual) {
    const [, width, inner, projected] = residual;
    return {
      kind: 'residual',
      name: '',
      width: Number(width),
      ...(inner && { inner: Number(inner) }),
      ...(projected && { projected: true as const }),
    };
  }
  const separable = /^s([1-9]\d{0,3})$/.exec(text);
  if (separable) return { kind: 'separable', name: '', width: Number(separable[1]) };
  const [, width, filter] = /^c([1-9]\d{0,3})(?:k([157]))?$/.exec(text) ?? [];
  if (!width) return null;
  const common = { name: '', width: Number(width) };
  const size = filterSizes.find((each) => String(each) === filter) ?? 3;
  return { kind: 'convolution', ...common, size };
}
