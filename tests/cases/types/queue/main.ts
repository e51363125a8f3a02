import { StringResource } from "@cdktf/provider-random/lib/string-resource";
import * as random from "@cdktf/provider-random";
import { Pet } from "weir/random/pet";
import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { bucket } from "@cdktn/provider-google";
import { App } from "weir";

console.log(StringResource, random.password, Pet, ComputeInstance, bucket, new App());
throw new Error("a mistake does not keep the types from being written");
