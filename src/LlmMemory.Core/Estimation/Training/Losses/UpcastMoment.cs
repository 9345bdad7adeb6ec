namespace LlmMemory.Estimation.Training.Losses;

/// <summary>Where logits become 32 bits wide, which decides how many copies of them there are.</summary>
internal enum UpcastMoment
{
    /// <summary>Nowhere: the loss works on them as they are.</summary>
    Never,

    /// <summary>In the model, under the same name: the narrow ones are gone.</summary>
    InModel,

    /// <summary>In the loss: the model still has the narrow ones.</summary>
    InLoss,
}
