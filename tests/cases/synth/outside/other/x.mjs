throw "read";
