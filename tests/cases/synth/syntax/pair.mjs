
const a = ;
