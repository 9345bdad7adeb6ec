using LlmMemory.Estimation.Cases;

namespace LlmMemory.Planning.Deployments;

/// <summary>A case with one setting changed so that it takes less.</summary>
/// <param name="Setting">The setting, as its parameter is called.</param>
/// <param name="From">What it is; null where nobody said it and no engine reports it.</param>
/// <param name="To">What it is changed to.</param>
/// <param name="Case">The changed case.</param>
internal sealed record SettingChange(string Setting, string? From, string To, EstimateCase Case);
