/** What turned the logits into probabilities at the end of the file; `logits` where nothing did. */
export type Head = 'softmax' | 'sigmoid' | 'logits';
