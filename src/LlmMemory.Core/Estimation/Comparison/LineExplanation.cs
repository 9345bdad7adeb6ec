using System.Collections.Generic;

namespace LlmMemory.Estimation.Comparison;

/// <summary>Why a line differs.</summary>
/// <param name="Parts">The difference, part by part.</param>
/// <param name="Text">The whole in one text.</param>
internal sealed record LineExplanation(IList<DifferencePart> Parts, string Text);
