import data from "./data.json";
if (data.x !== 5) throw data;
