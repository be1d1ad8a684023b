import { create } from 'zustand';

/** A question to the user with some answers to choose from. */
export interface Question {
  title: string;
  /** Why it is asked; a sentence. */
  text: string;
  options: string[];
}

interface Asked extends Question {
  /** Position of the option; null where the user wants none. */
  answer(option: number | null): void;
}

/** The question that waits for an answer. */
export const useChoice = create<{ asked: Asked | null }>()(() => ({ asked: null }));

/**
 * Asks the user to choose; a question that still waits is given up.
 * @returns position of the option; null where the user closed the question
 */
export function chooseOne(question: Question): Promise<number | null> {
  useChoice.getState().asked?.answer(null);
  return new Promise((resolve) => {
    const answer = (option: number | null) => {
      useChoice.setState({ asked: null });
      resolve(option);
    };
    useChoice.setState({ asked: { ...question, answer } });
  });
}
