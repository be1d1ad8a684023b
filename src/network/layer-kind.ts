/** What a layer does, in the words the page uses. */
export type LayerKind =
  | 'input'
  | 'convolution'
  | 'pooling'
  | 'dense'
  | 'normalisation'
  | 'activation'
  | 'addition'
  | 'multiplication'
  | 'concatenation'
  | 'padding'
  | 'cropping'
  | 'resizing'
  /** The residual stream behind a block of a transformer, laid out on its grid. */
  | 'block'
  /** What the last block reads, after its first normalisation, where only a class token of what it yields goes on. */
  | 'block-input'
  | 'other';
