interface PagingProps {
  /** Whether the list has a page before this one. */
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly onPrevious: () => void;
  readonly onNext: () => void;
}

/** Buttons for the pages of a list; nothing where there is one page. */
export function Paging({ hasPrevious, hasNext, onPrevious, onNext }: PagingProps) {
  if (!hasPrevious && !hasNext) return null;
  return (
    <div className="paging">
      <button type="button" className="button" disabled={!hasPrevious} onClick={onPrevious}>
        Previous page
      </button>
      <button type="button" className="button" disabled={!hasNext} onClick={onNext}>
        Next page
      </button>
    </div>
  );
}
