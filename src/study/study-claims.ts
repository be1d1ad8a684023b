import { createClaims } from '../storage/claims';
import { createNews } from '../storage/news';

/** Which studies run in which tab. */
export const claims = createClaims('supersign-study-claims');

/** That the studies in this browser have changed. */
export const news = createNews('supersign-study-news');

/** What the tab has that runs a study. */
export const lockOf = (id: string) => `supersign-study-${id}`;
