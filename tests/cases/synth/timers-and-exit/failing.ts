setTimeout(() => {
  throw new RangeError("too late");
}, 5);
