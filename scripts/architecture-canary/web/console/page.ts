import { decide } from '../../domain/cart/index.js'; // pages-know-the-public-api-alone
export const page = decide;
