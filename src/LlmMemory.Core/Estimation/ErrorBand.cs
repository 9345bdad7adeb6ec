namespace LlmMemory.Estimation;

/// <summary>
/// How far measured memory lay from the estimates of a profile, on models that the profile was not tuned on. A figure
/// of 100 with a low of -0.02 and a high of 0.05 lies between 98 and 105.
/// </summary>
/// <param name="Low">The low end as a fraction of the estimate, 0 or less.</param>
/// <param name="High">The high end as a fraction of the estimate, 0 or more.</param>
/// <param name="Evidence">What was measured, in a sentence.</param>
internal sealed record ErrorBand(double Low, double High, string Evidence);
