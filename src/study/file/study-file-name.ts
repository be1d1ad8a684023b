/** How the name of a saved study ends. */
export const studyEnding = 'supersign-study.json.gz';

/** Whether a file's name says that it is a study: saved here, or a table that can be opened again. */
export const isStudyName = (name: string) => /\.(supersign-study\.json(\.gz)?|parquet)$/i.test(name);
