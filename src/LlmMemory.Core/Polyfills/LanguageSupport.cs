// The compiler looks for these types by name; .NET Standard 2.0 lacks them. They are written out here, rather than
// brought by a package, because a source-generating package made two builds of the same commit differ.
namespace System.Runtime.CompilerServices
{
    /// <summary>Lets the compiler emit init-only setters.</summary>
    internal static class IsExternalInit
    {
    }

    /// <summary>Marks a member that an object initializer must set.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property)]
    internal sealed class RequiredMemberAttribute : Attribute
    {
    }

    /// <summary>Names a compiler feature that a caller's compiler must know.</summary>
    [AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
    internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
    {
        /// <summary>The feature's name.</summary>
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Marks a constructor that sets every required member, as a record's copy constructor does.</summary>
    [AttributeUsage(AttributeTargets.Constructor)]
    internal sealed class SetsRequiredMembersAttribute : Attribute
    {
    }

    /// <summary>Says that an out parameter may be null when the method returns the given value.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
    {
        /// <summary>The return value for which the parameter is not null.</summary>
        public bool ReturnValue { get; } = returnValue;
    }
}
