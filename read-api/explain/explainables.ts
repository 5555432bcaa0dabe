import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ExplainsResource } from '../shared/index.js';
import type { Explainable } from '../shared/index.js';

/** A resource that somebody explains, with what its address has in the place of each `{name}`. */
export interface FoundExplainable {
  readonly explainable: Explainable;
  readonly path: Readonly<Record<string, string>>;
}

interface Template {
  readonly segments: readonly string[];
  readonly explainable: Explainable;
}

/** All that contexts explain. */
@Injectable()
export class Explainables {
  #templates: readonly Template[] | null = null;

  constructor(private readonly discovery: DiscoveryService) {}

  /** Null where nobody explains it. */
  find(resource: string): FoundExplainable | null {
    this.#templates ??= this.#found();
    for (const { segments, explainable } of this.#templates) {
      const path = pathIn(resource.split('/'), segments);
      if (path !== null) return { explainable, path };
    }
    return null;
  }

  /** Those that name more of the address come first. */
  #found(): readonly Template[] {
    const templates = this.discovery.getProviders({ metadataKey: ExplainsResource.KEY }).flatMap((wrapper) => {
      const resources = this.discovery.getMetadataByDecorator(ExplainsResource, wrapper) ?? [];
      const explainable = wrapper.instance as Explainable;
      return resources.map((resource) => ({ segments: resource.split('/'), explainable }));
    });
    return templates.sort((one, other) => openIn(one) - openIn(other));
  }
}

const openIn = ({ segments }: Template): number => segments.filter((segment) => segment.startsWith('{')).length;

function pathIn(asked: readonly string[], template: readonly string[]): Readonly<Record<string, string>> | null {
  if (asked.length !== template.length) return null;
  const path: Record<string, string> = {};
  for (const [place, segment] of template.entries()) {
    const said = decoded(asked[place] ?? '');
    if (said === null || said === '') return null;
    if (segment.startsWith('{')) path[segment.slice(1, -1)] = said;
    else if (segment !== said) return null;
  }
  return path;
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
