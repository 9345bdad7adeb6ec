using LlmMemory.Models;

namespace LlmMemory.Estimation.Architecture;

/// <summary>What an estimate of a known model is about.</summary>
internal static class KnownModelSubject
{
    /// <summary>The subject of one mode; its only phase has the mode's name.</summary>
    public static EstimateSubject Of(LlmModel model, string mode)
    {
        return new EstimateSubject
        {
            Model = model.Name,
            Method = EstimateMethod.Architecture,
            Parameters = model.Parameters,
            DataType = model.Quantization ?? model.DataType,
            Mode = mode,
        };
    }
}
