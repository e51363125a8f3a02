class Old {
  name = "old";
}
export = Old;
