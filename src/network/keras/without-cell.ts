/**
 * Scopes of a variable without that of a cell: layers with recurrent units of their own keep them in one whose name Keras counts up
 * (`lstm_cell_3`), and which their description leaves out.
 */
export const withoutCell = (scopes: readonly string[]): readonly string[] =>
  scopes.length > 1 && /^(lstm|gru|simple_rnn)_cell(_\d+)?$/.test(scopes[scopes.length - 1])
    ? scopes.slice(0, -1)
    : scopes;
