const google = require("@cdktf/provider-google");
const { ComputeDisk } = require("@cdktf/provider-google/lib/compute-disk");

exports.makeDisk = (scope, vm) => {
  const disk = new ComputeDisk(scope, "disk", { sourceImageKey: { rawKey: vm.id } });
  new google.computeAttachedDisk.ComputeAttachedDisk(scope, "attached", { disk: disk.id, instance: vm.id, __esModule: google.__esModule });
};
