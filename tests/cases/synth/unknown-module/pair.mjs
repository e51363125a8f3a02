export const pair = 1;
