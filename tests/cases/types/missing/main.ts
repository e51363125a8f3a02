import { A } from "./none";
console.log(A);
