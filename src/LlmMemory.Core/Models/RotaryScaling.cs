namespace LlmMemory.Models;

/// <summary>How rotary positions are stretched beyond the length that a model was first trained on.</summary>
/// <param name="Kind">The kind, as the configuration calls it: llama3, longrope, yarn, linear.</param>
/// <param name="Factors">How many frequencies a head has, which a table of factors has one for each.</param>
/// <param name="HasLongFactors">True where the configuration has the factors themselves.</param>
/// <param name="Factor">How many times as many positions there are; null where the configuration does not say.</param>
/// <param name="OriginalContext">The positions before they were stretched; null where the configuration does not say.</param>
public sealed record RotaryScaling(string Kind, int Factors, bool HasLongFactors, double? Factor = null, long? OriginalContext = null);
