using System;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>A graph that is known.</summary>
/// <param name="Start">Starts it.</param>
/// <param name="Evidence">What it was compared with.</param>
/// <param name="Step">After how many layers what it does by their numbers begins anew; 1 where numbers do not matter.</param>
internal sealed record GraphEntry(Func<GraphScope, ArchitectureGraph> Start, GraphEvidence Evidence, int Step = 1);
