import { Component, type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { isMissingCode, loadCode } from '../code/missing-code';
import { say } from '../text/say';

/**
 * A part of the page whose code comes when it is first shown. Where it does not come, the rest of the page stays as it is, and a
 * sentence stands in its place; what can be done about it is said by the page.
 * @param Waiting what stands there until it comes; nothing where it is left out
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting?: ComponentType<Props>,
): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await loadCode(load) })) as unknown as ComponentType<Props>;
  return (props) => (
    <MissingPart>
      <Suspense fallback={Waiting && <Waiting {...props} />}>
        <Part {...props} />
      </Suspense>
    </MissingPart>
  );
}

/** What else goes wrong in drawing is the page's. */
class MissingPart extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (!isMissingCode(error)) throw error;
    return <p>{say('This part of the page could not be loaded.')}</p>;
  }
}
