import { type InputScaling, inputScalingNames, type ScalingNumbers } from '../engine/protocol';

/** "0 to 1"; numbers without a usual name say themselves: "0.00784 v - 1". */
export function scalingTitle({
  name,
  ...numbers
}: Pick<ScalingNumbers, 'factor' | 'offset'> & { name: InputScaling | null }): string {
  return name ? inputScalingNames[name] : numbersInWords(numbers);
}

const short = (value: number) => String(Number(value.toPrecision(3)));

function numbersInWords({ factor, offset }: Pick<ScalingNumbers, 'factor' | 'offset'>): string {
  const channels = factor.map((each, channel) => {
    const [by, and] = [short(each), short(Math.abs(offset[channel]))];
    return `${by} v${offset[channel] === 0 ? '' : ` ${offset[channel] < 0 ? '-' : '+'} ${and}`}`;
  });
  return [...new Set(channels)].join(', ');
}
