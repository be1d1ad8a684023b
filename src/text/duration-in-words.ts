import { say } from './say';

/** "45 s", "3 min 20 s", "2 h 5 min" */
export function durationInWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return say('{seconds} s', { seconds: whole });
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return say('{minutes} min {seconds} s', { minutes, seconds: whole % 60 });
  return say('{hours} h {minutes} min', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
