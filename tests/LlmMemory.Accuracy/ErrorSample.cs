namespace LlmMemory.Accuracy;

/// <summary>One figure of one measured case.</summary>
/// <param name="Case">Which case it is.</param>
/// <param name="Error">How far the estimate lies from the measurement, signed, in the unit of its section.</param>
internal sealed record ErrorSample(string Case, double Error);
