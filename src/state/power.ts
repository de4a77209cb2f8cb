/** Below this a battery that is not charged is saved, as systems do themselves. */
const LOW = 0.2;

interface Battery extends EventTarget {
  readonly charging: boolean;
  readonly level: number;
}

/** What some browsers tell of the device; none of it is sure to be there. */
interface Device {
  readonly getBattery?: () => Promise<Battery>;
  readonly connection?: EventTarget & { readonly saveData?: boolean };
}

/** Calls back whenever it changes whether the device saves power or data; a silent browser saves neither. */
export function watchPower(onChange: (saves: boolean) => void): void {
  const { connection } = navigator as Device;
  let battery: Battery | null = null;
  const tell = () =>
    onChange(
      connection?.saveData === true || (battery !== null && !battery.charging && battery.level <= LOW),
    );
  connection?.addEventListener('change', tell);
  tell();
  (navigator as Device).getBattery?.().then(
    (found) => {
      battery = found;
      for (const event of ['chargingchange', 'levelchange']) found.addEventListener(event, tell);
      tell();
    },
    () => {}, // refused: as silent as a browser without it
  );
}
