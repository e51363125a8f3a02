import { early } from "kit";

function call() {
  early();
}
call();
