import { records } from '@dl/testing';
import { describeBackend, describeConformance, loadGolden } from '@dl/testing/suites';
import { DeviceBackend } from '../../src/gpu-backend.ts';
import type { GpuDevice } from '../../src/gpu-device.ts';

/** Holds the backend on a device to the conformance kit. */
export async function describeKit(open: () => Promise<GpuDevice>): Promise<void> {
  const golden = await loadGolden();
  // The suites make backends on the spot, which takes devices that are open already.
  const devices = await Promise.all(Array.from({ length: 6 }, open));
  const [{ mode }] = devices;
  const create = () => {
    const device = devices.pop();
    if (device === undefined) throw new Error('the kit needs more devices than were opened');
    return new DeviceBackend(device);
  };
  describeBackend(create);
  describeConformance(create(), { records, golden, mode });
}
