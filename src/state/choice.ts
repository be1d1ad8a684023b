import { create } from 'zustand';

/** A question to the user with some answers to choose from. */
export interface Question {
  title: string;
  /** Why it is asked; a sentence. */
  text: string;
  options: string[];
}

interface Asked extends Question {
  /** Tells it from those before. */
  number: number;
  /** Position of the option; null where the user wants none. */
  answer(option: number | null): void;
}

/** The question that waits for an answer, and how many there were. */
export const useChoice = create<{ asked: Asked | null; count: number }>()(() => ({ asked: null, count: 0 }));

/**
 * Asks the user to choose; a question that still waits is given up.
 * @returns position of the option; null where the user closed the question
 */
export function chooseOne(question: Question): Promise<number | null> {
  useChoice.getState().asked?.answer(null);
  return new Promise((resolve) => {
    const number = useChoice.getState().count + 1;
    const answer = (option: number | null) => {
      // A dialog says late that it was closed: by then another question may wait.
      useChoice.setState(({ asked }) => ({ asked: asked?.number === number ? null : asked }));
      resolve(option);
    };
    useChoice.setState({ asked: { ...question, number, answer }, count: number });
  });
}
