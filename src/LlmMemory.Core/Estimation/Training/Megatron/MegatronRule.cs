using LlmMemory.Errors;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>How a setting that does not fit the others is reported.</summary>
internal static class MegatronRule
{
    /// <summary>Throws where a rule does not hold.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="value">The value that breaks it.</param>
    /// <param name="message">A sentence with the value, the rule, and a good value.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public static void Require(bool holds, object value, string message)
    {
        if (!holds)
        {
            throw Broken(value, message);
        }
    }

    /// <summary>The error.</summary>
    public static LlmMemoryException Broken(object value, string message)
    {
        return new LlmMemoryException(ErrorIds.TrainingSettingInvalid, value, message);
    }
}
